// Child process: what `Verdicts` takes for the YAML of these objects, beside parsing the same text alone. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { parseAllDocuments, stringify } from 'yaml';
import { Verdicts } from '../../dist/lib/index.js';

const objects = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const file = { name: 'mesh.yaml', text: objects.map((object) => `---\n${stringify(object)}`).join('') };
const [caller, callee] = objects
  .filter(({ kind }) => kind === 'Service')
  .map(({ metadata: { name, namespace } }) => `${namespace}/${name}`);

const parse = () => parseAllDocuments(file.text, { merge: true }).forEach((document) => document.toJS());
parse(); // the first time is slow for whoever comes first

const seconds = {
  parse: timed(parse),
  lint: timed(() => Verdicts.lint(file)),
  explain: timed(() => Verdicts.ofFiles(file).ask({ caller, callee })),
  ways: waysTime(),
};
console.log(JSON.stringify(seconds));

function waysTime() {
  const verdicts = Verdicts.ofFiles(file);
  return timed(() => verdicts.ways());
}

function timed(work) {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
