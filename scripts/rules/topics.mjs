// Writes `lib/rules/<topic>/index.ts` from the files of each topic, so that nobody registers a rule by hand. They are not committed:
// the build, the type check and the tests make them first.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rules = fileURLToPath(new URL('../../lib/rules', import.meta.url));
const INDEX = 'index.ts';

export default function writeTopics() {
  const topics = readdirSync(rules, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of topics) writeIndex(join(rules, name));
}

function writeIndex(folder) {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== INDEX)
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
  const file = join(folder, INDEX);
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (names.length === 0) rmSync(file, { force: true });
  // A file that is as it should be stays as old as it is: `npm run synth` compares ages.
  else if (old !== indexOf(names)) writeFileSync(file, indexOf(names));
}

function indexOf(names) {
  const imports = names.map((name) => `import { ${camelCase(name)} } from './${name}';`);
  return `// Made by scripts/rules/topics.mjs.\n${imports.join('\n')}\n\nexport const RULES = [${names.map(camelCase).join(', ')}];\n`;
}

function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeTopics();
