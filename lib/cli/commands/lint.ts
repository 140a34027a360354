import { type MeshFinding, Verdicts, type YamlFile } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { asGithub, asJunit, asSarif } from '../formats/machines';
import { asMarkdown, asText } from '../formats/people';
import { CLEAN, FOUND, type Outcome } from '../outcome';

export type LintFormat = 'text' | 'json' | 'markdown' | 'sarif' | 'junit' | 'github';

const PAGES = 'https://github.com/istio-constructs/istio-constructs/blob/main/docs/rules/';

/** What the rules find in manifests, worst first. Infos alone count as clean. */
export function lint(files: readonly YamlFile[], format: LintFormat): Outcome {
  // The page of a code came with the package: only who sits before it can open it.
  const isShown = (detail: string): boolean => format === 'text' || !detail.startsWith('page: ');
  const verdicts = Verdicts.ofFiles(...files);
  const found = verdicts.findings.map(issueOf);
  const issues = found.map((issue) => ({ ...issue, details: issue.details.filter(isShown) }));
  const isFound = issues.some(({ level }) => level !== 'info');
  return { text: written(format, files, issues), code: isFound ? FOUND : CLEAN, notes: verdicts.assumptions };
}

function issueOf({ code, level, path, text }: MeshFinding): Issue {
  const [first, ...details] = text.split('\n');
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/s.exec(path) ?? [];
  return {
    code,
    level: level as Issue['level'],
    text: first.slice(`${code} at ${path}: `.length),
    details: details.map((detail) => detail.trim()),
    ...(file !== undefined && { file, line: Number(line), column: Number(column) }),
  };
}

function written(format: LintFormat, files: readonly YamlFile[], issues: readonly Issue[]): string {
  const writers: Readonly<Record<LintFormat, () => string>> = {
    text: () => asText(issues),
    markdown: () => asMarkdown('Findings', issues),
    json: () => `${JSON.stringify({ findings: issues }, undefined, 2)}\n`,
    sarif: () => asSarif(issues, (code) => `${PAGES}${code}.md`),
    junit: () =>
      asJunit(
        'lint',
        files.map(({ name }) => ({ name, issues: issues.filter(({ file }) => file === name) })),
      ),
    github: () => asGithub(issues),
  };
  return writers[format]();
}
