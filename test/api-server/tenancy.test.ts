import { Yaml } from 'cdk8s';
import { Tenant } from 'istio-constructs';
import { stringify } from 'yaml';
import { manifests, newChart } from '../builders';
import { BUYERS, RIGHTS, TRESPASSES } from '../tenancy-attempts';
import { deleteAll, refusals, run } from './kubectl';

const namespace = (name: string) => stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const tenancy = (): string => {
  const chart = newChart();
  new Tenant(chart, 'buyers', { ...BUYERS, admission: true });
  return Yaml.stringify(...manifests(chart));
};
const dryRun = (yaml: string) => run(['create', '--dry-run=server', '--filename=-'], yaml);

/** Until the API server has learnt of the policy, which takes it some seconds. */
async function untilItHolds(): Promise<void> {
  const probe = stringify(TRESPASSES[0].manifest);
  for (let tries = 0; tries < 100; tries++) {
    const refused = await dryRun(probe).then(
      () => false,
      (error: Error) => error.message.includes('tenant buyers'),
    );
    if (refused) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error('the policy does not hold');
}

describe('the namespaces of a tenant', () => {
  const world = [namespace('shop'), namespace('bank'), tenancy()].join('---\n');

  beforeAll(async () => {
    expect(await refusals(world)).toEqual([]);
    await untilItHolds();
  });
  afterAll(() => deleteAll(world));

  it.each(RIGHTS)('may hold $what', async ({ manifest }) => {
    await expect(dryRun(stringify(manifest))).resolves.toContain('created (server dry run)');
  });

  const SAYS = { MESH131: 'may speak for these hosts alone', MESH132: 'may use its own gateways', MESH133: 'may name addresses' };

  it.each(TRESPASSES)('may not hold $what', async ({ manifest, code }) => {
    await expect(dryRun(stringify(manifest))).rejects.toThrow(`tenant buyers ${SAYS[code!]}`);
  });

  it('may not be brought there by a change', async () => {
    const [{ manifest: good }, { manifest: bad }] = [RIGHTS[0], TRESPASSES[0]];
    expect(await refusals(stringify(good))).toEqual([]);
    expect(await refusals(stringify(bad))).toEqual([expect.stringContaining('tenant buyers may speak for these hosts alone')]);
  });

  it('may not hold it in an older version of its kind', async () => {
    const old = { ...TRESPASSES[0].manifest, apiVersion: 'networking.istio.io/v1alpha3' };
    await expect(dryRun(stringify(old))).rejects.toThrow('tenant buyers');
  });

  it.each(TRESPASSES)('leave others alone: $what', async ({ manifest }) => {
    const elsewhere = { ...manifest, metadata: { ...manifest.metadata, namespace: 'bank' } };
    await expect(dryRun(stringify(elsewhere))).resolves.toContain('created (server dry run)');
  });

  it('are judged by conditions in which the API server finds nothing odd', async () => {
    const { status } = JSON.parse(await run(['get', 'validatingadmissionpolicy', 'tenancy-buyers', '--output=json'])) as Policy;
    expect(status?.typeChecking?.expressionWarnings ?? []).toEqual([]);
  });
});

interface Policy {
  readonly status?: { readonly typeChecking?: { readonly expressionWarnings?: readonly unknown[] } };
}
