import { InvalidArgumentError } from 'commander';
import { Findings } from 'istio-constructs';
import type { Issue } from '../formats/issue';
import { isSlip } from '../inputs/slip';

/** What lint says of text that cannot be read: no rule finds it, and nothing changes its level. */
export const UNREAD = /^MESH(89[0-4]|717)$/;

export const LEVELS = ['error', 'warning', 'info'] as const;

/** How bad each code is taken to be, where somebody says otherwise. */
export type Severities = Readonly<Record<string, Issue['level'] | 'off'>>;

/** One of `MESH301=warning`, beside those before it. */
export function severity(text: string, before: Severities = {}): Severities {
  const [, code, level] = /^(\w+)=(error|warning|info|off)$/.exec(text) ?? [];
  if (code === undefined) throw new InvalidArgumentError('write for example MESH301=info, with error, warning, info or off');
  if (!UNREAD.test(code)) requireRule(code);
  return { ...before, [code]: level as Issue['level'] | 'off' };
}

function requireRule(code: string): void {
  const { codes } = Findings;
  if (codes.includes(code)) return;
  const written = code.toUpperCase();
  const meant = codes.find((known) => written.startsWith(known)) ?? codes.find((known) => isSlip(written, known));
  throw new InvalidArgumentError(
    `no rule has the code ${code}: ${meant === undefined ? 'docs/rules has a page for each' : `did you mean ${meant}?`}`,
  );
}

/** Findings at the levels that somebody says, without those that are off. */
export function withSeverities(severities: Severities, issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    const level = severities[issue.code] ?? issue.level;
    return level === 'off' ? [] : [{ ...issue, level }];
  });
}

/** Whether a level is as bad as another. */
export function isAsBad(level: Issue['level'], as: Issue['level']): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(as);
}
