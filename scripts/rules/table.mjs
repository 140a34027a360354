// Writes the table at the end of docs/rules/README.md from the pages beside it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = (file) => fileURLToPath(new URL(`../../docs/rules/${file}`, import.meta.url));
const read = (file) => readFileSync(page(file), 'utf8');

function rowOf(file) {
  const [, code, title] = /^# (\w+): (.*)$/m.exec(read(file)) ?? [];
  const [, level] = /^Level: (\w+)$/m.exec(read(file)) ?? [];
  return `| [${code}](${file}) | ${level} | ${title} |`;
}

const pages = readdirSync(page('')).filter((file) => /^MESH\d+\.md$/.test(file));
const [text] = read('README.md').split(/^\| \[/m);
writeFileSync(page('README.md'), `${text}${pages.sort().map(rowOf).join('\n')}\n`);
