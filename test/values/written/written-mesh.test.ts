import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MeshedService, WrittenMesh } from 'istio-constructs';
import { newChart } from '../../builders';
import { expectRefusal } from '../../support/refusal';
import { meshJsonOf, newBilling } from '../../written';

const folder = mkdtempSync(join(tmpdir(), 'written-'));
const path = join(folder, 'mesh.json');

afterAll(() => rmSync(folder, { recursive: true }));

describe('WrittenMesh', () => {
  it('is read from the file of a synth', () => {
    writeFileSync(path, meshJsonOf(newBilling().billing));
    const { host } = MeshedService.fromMesh(newChart(), 'invoice', { mesh: WrittenMesh.fromFile(path) });
    expect(host).toBe('invoice.billing.svc.cluster.local');
  });

  it('fails without a file, and names the folder from which it was looked for', () => {
    const refusal = { code: 'MESH942', path: 'WrittenMesh', fix: process.cwd() };
    expectRefusal(() => WrittenMesh.fromFile(join(folder, 'meshes.json')), { ...refusal, got: join(folder, 'meshes.json') });
    expectRefusal(() => WrittenMesh.fromFile(folder), { ...refusal, got: folder });
  });
});
