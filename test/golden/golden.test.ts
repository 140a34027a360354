import { Yaml } from 'cdk8s';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DataPlane } from 'istio-constructs';
import { CHARTS } from '../apps/charts';
import type { Manifest } from '../builders';
import { isDashboard, outlined } from '../dashboard-outline';
import { golden as reviewed } from './golden-file';

const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };

const CASES = Object.keys(CHARTS).flatMap((app) => (['sidecar', 'ambient'] as const).map((plane) => ({ app, plane })));

describe.each(CASES)('$app ($plane)', ({ app, plane }) => {
  const file = join(__dirname, app, `${plane}.yaml`);
  const written = CHARTS[app]({ name: plane, dataPlane: PLANES[plane] }).toJson() as Manifest[];
  const rendered = Yaml.stringify(...written.map((one) => (isDashboard(one) ? outlined(one) : one)));
  const [actual, golden] = [byName(rendered), byName(reviewed(file, rendered))];

  it('writes the objects that were reviewed, in their order', () => {
    expect([...actual.keys()]).toEqual([...golden.keys()]);
  });

  it.each([...new Set([...golden.keys(), ...actual.keys()])])('writes %s as it was reviewed', (name) => {
    expect(actual.get(name)).toBe(golden.get(name));
  });
});

/** The text of each object of a file, by kind, namespace and name. */
function byName(yaml: string): Map<string, string> {
  return new Map(yaml.split(/^---\n/m).map((text) => [nameOf(text), text]));
}

function nameOf(text: string): string {
  const { kind, metadata } = parse(text) as Manifest;
  return `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`;
}
