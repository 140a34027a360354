// What the library costs a stack of many services, beside the very same objects as plain resources. Asked for by name: it asserts nothing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newStack, typeOf, up } from './stack.mjs';

const SERVICES = Number(process.env.SERVICES ?? 200);

/** Measures previews and the first update. */
export function walkMany({ folder, kubeconfig, plane, step }) {
  const files = ['test/pulumi/real/many.ts'];
  const config = { plane, services: String(SERVICES) };
  const [mesh, plain] = ['mesh', 'plain'].map((name) =>
    newStack({ folder: join(folder, name), kubeconfig, files, main: files[0], config }),
  );
  const timed = (what, act) => {
    const begun = Date.now();
    const result = act();
    step(`${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`, () => undefined);
    return result;
  };
  const { steps } = JSON.parse(mesh.pulumi('preview', '--json'));
  const objects = steps.flatMap(({ urn, newState }) => (typeOf(urn).startsWith('kubernetes:') ? [newState.inputs] : []));
  writeFileSync(join(plain.folder, 'objects.json'), JSON.stringify(objects.map((one) => ({ ...one, __defaults: undefined }))));
  for (let turn = 1; turn <= 3; turn++) {
    for (const [name, stack] of Object.entries({ library: mesh, plain })) {
      timed(`preview of ${objects.length} objects of ${SERVICES} services (${name})`, () => stack.pulumi('preview'));
    }
  }
  timed('first update (library)', () => up(mesh));
  timed('update that changes nothing (library)', () => up(mesh, '--expect-no-changes'));
  mesh.pulumi('destroy', '--yes', '--skip-preview');
}
