import { join } from 'node:path';
import { DataPlane, MeshReport } from 'istio-constructs';
import { CHARTS } from '../apps/charts';
import { golden } from './golden-file';

const PLANES = { sidecar: DataPlane.sidecar(), ambient: DataPlane.ambient() };
const APPS = ['bank', 'online-shop', 'zero-trust'];
const CASES = APPS.flatMap((app) => (['sidecar', 'ambient'] as const).map((plane) => ({ app, plane })));

describe.each(CASES)('access.md of $app ($plane)', ({ app, plane }) => {
  it('says who may call whom as it was reviewed', () => {
    const page = MeshReport.of(CHARTS[app]({ name: plane, dataPlane: PLANES[plane] })).accessPage();
    expect(page).toBe(golden(join(__dirname, app, `${plane}.access.md`), page));
  });
});
