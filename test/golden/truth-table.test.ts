import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { OnlineShop } from '../../apps/online-shop/online-shop';
import { without } from '../../lib/verdict/layers';
import { clusterOf } from '../manifests';
import { truthTable } from '../verdict/truth-table';

const FILE = join(__dirname, '../../docs/truth-table.md');
const PLANES = { Sidecar: DataPlane.sidecar(), Ambient: DataPlane.ambient() };

const INTRODUCTION = `# Who reaches whom in the online shop

Every workload, the gateway and strangers, against every Service, every pod's own address and the hosts outside: which requests arrive, and
which object decides. An evaluator of Istio's documented decision order, of Kubernetes' network policies and of what was measured of waypoints
and ztunnel works it out from the manifests; the test that writes this page fails when the manifests say something else.

- *from*: pods by \`namespace/deployment\`; \`gateway\` for requests that came in through it; strangers are pods of another namespace under another
  account, with a sidecar, in ambient, or outside the mesh (none).
- *request*: the lines that tell the policies apart; \`any\` where all have the same answer.
- *decided by*: the first object that refuses, else the grant; in brackets the layer. \`nothing in the way\`: no object of the shop is about this. In
  sidecar mode each proxy also is told only what its workload calls, and would refuse before anybody is asked; since that is no security boundary,
  the table leaves it out.

The database and the hosts outside have no proxy of the mesh: what strangers may do there is not for the shop's manifests to say.
`;

function page(): string {
  const hosts = [{ host: 'orders-db.databases.svc.cluster.local', port: 5432 }];
  const sections = Object.entries(PLANES).map(([name, dataPlane]) => {
    const manifests = new OnlineShop(new App(), 'online-shop', { dataPlane }).toJson() as object[];
    return `## ${name}\n\n${truthTable(without(clusterOf(manifests), 'scope'), { hosts })}`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

describe('docs/truth-table.md', () => {
  it('says what the manifests of the shop do; UPDATE_GOLDEN=1 writes it anew', () => {
    const now = page();
    if (process.env.UPDATE_GOLDEN || !existsSync(FILE)) writeFileSync(FILE, now);
    expect(readFileSync(FILE, 'utf8')).toBe(now);
  });
});
