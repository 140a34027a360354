import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { MeshReport } from 'istio-constructs';
import type { Manifest } from '../builders';
import { forEachPlane, type PlaneName } from '../for-each-plane';
import { UPDATE } from '../golden/golden-file';
import { schemaErrors } from '../schemas/schema-errors';
import { installedFor, OBSERVABILITY, outlineOf } from './observed';
import { chartOf, fileOf, FOLDER, INSTALLATIONS, pageOf, TASKS } from './task-pages';

/** What a task is about; the rest of the output, workloads and policies, is as everywhere. */
const SHOWN = ['DestinationRule', 'HTTPRoute', 'ServiceEntry', 'TCPRoute', 'TLSRoute', 'VirtualService'];

/** Tasks about what comes in: of them the gateway is a part. */
const INGRESS = ['authz-ingress', 'ingress-control', 'ingress-sni-passthrough', 'secure-ingress'];
const OF_GATEWAYS = ['ConfigMap', 'Gateway', 'ReferenceGrant'];

/** Tasks about what leaves the mesh, of which an info tells. */
const EGRESS = ['egress-control', 'egress-gateway', 'egress-tls-origination', 'wildcard-egress-hosts'];

/** Tasks about who may call: of them the policies are what counts. Each with the folder of Istio's page. */
const SECURITY: Readonly<Record<string, string>> = {
  'authn-end-user': 'authentication',
  'authn-policy': 'authentication',
  'authz-custom': 'authorization',
  'authz-deny': 'authorization',
  'authz-dry-run': 'authorization',
  'authz-http': 'authorization',
  'authz-ingress': 'authorization',
  'authz-jwt': 'authorization',
  'authz-tcp': 'authorization',
  'authz-td-migration': 'authorization',
  'claim-to-header': 'authentication',
  'jwt-route': 'authentication',
  'mtls-migration': 'authentication',
};
const OF_SECURITY = ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'];

/** Guides of Istio that are no tasks: where each stands, and what its page shows. */
const GUIDES: Readonly<Record<string, { readonly page: string; readonly shown: readonly string[] }>> = {
  'virtual-machines': { page: 'setup/install/virtual-machine/', shown: ['WorkloadEntry', 'WorkloadGroup'] },
};

const HEADINGS: Readonly<Record<PlaneName, string>> = { sidecar: '## Sidecar', ambient: '## Ambient' };

/** Tasks that are a part of one of Istio's. */
const OF_ISTIO: Readonly<Record<string, string>> = { 'authn-end-user': 'authn-policy/#end-user-authentication' };

/** What a program is told of: that a namespace is open, that tokens are for anybody, that plaintext is taken for a while, or that pods have no proxy. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  'authn-end-user': ['MESH237', 'MESH271'],
  'authn-policy': ['MESH254'],
  'authz-deny': ['MESH259'],
  'authz-dry-run': ['MESH276'],
  'authz-jwt': ['MESH237'],
  'claim-to-header': ['MESH237'],
  grafana: ['MESH210'],
  jaeger: ['MESH210'],
  'jwt-route': ['MESH237'],
  kiali: ['MESH210'],
  'mtls-migration': ['MESH254'],
};

/** What is told in ambient mode alone: where a VirtualService is followed, that Istio calls this alpha; and what ztunnel does not do. */
const INFOS: Readonly<Record<string, readonly string[]>> = {
  'authz-td-migration': ['MESH258'],
  'fault-injection': ['MESH310'],
  'request-timeouts': ['MESH310'],
};

const manifestsOf = (task: string, plane: PlaneName) => chartOf(task, plane).toJson() as Manifest[];

function routesOf(task: string, plane: PlaneName): string {
  const chart = chartOf(task, plane);
  const shown = (chart.toJson() as Manifest[]).filter((one) => isShown(task, one));
  return Yaml.stringify(...(task in OBSERVABILITY ? [...installedFor(chart), ...shown.map(outlineOf)] : shown));
}

const isShown = (task: string, { kind, spec, metadata }: Manifest): boolean =>
  Boolean(GUIDES[task]?.shown.includes(kind)) ||
  (task in OBSERVABILITY ? OBSERVABILITY[task].isShown(kind, metadata.name!) : (task in SECURITY ? OF_SECURITY : SHOWN).includes(kind)) ||
  (task === 'jwt-route' && kind === 'VirtualService') ||
  (INGRESS.includes(task) && OF_GATEWAYS.includes(kind) && spec?.gatewayClassName !== 'istio-waypoint');

/** The page with other manifests below a heading. */
function showing(page: string, plane: PlaneName, yaml: string): string {
  const block = new RegExp(`(^${HEADINGS[plane]}\\n\\n\`\`\`yaml\\n)[\\s\\S]*?(^\`\`\`$)`, 'm');
  expect(page).toMatch(block);
  return page.replace(block, (_, before, after) => `${before}${yaml}${after}`);
}

/** Where Istio has the task. */
function addressOf(task: string): string {
  if (task in GUIDES) return GUIDES[task].page;
  if (task in OBSERVABILITY) return `tasks/observability/${OBSERVABILITY[task].page}`;
  const area = task in SECURITY ? `security/${SECURITY[task]}/` : 'traffic-management/';
  const folder = task in SECURITY ? '' : INGRESS.includes(task) ? 'ingress/' : EGRESS.includes(task) ? 'egress/' : '';
  return `tasks/${area}${folder}${OF_ISTIO[task] ?? `${task}/`}`;
}

describe.each(TASKS)('the page of the task %s', (task) => {
  forEachPlane(({ name, of }) => {
    it('shows the routes that its program writes; UPDATE_GOLDEN=1 writes them anew', () => {
      const shown = showing(pageOf(task), name, routesOf(task, name));
      if (UPDATE) writeFileSync(fileOf(task), shown);
      expect(pageOf(task)).toBe(shown);
    });

    it('has a program with nothing to find in it, whose objects satisfy the schemas', () => {
      const infos = of({ sidecar: [], ambient: INFOS[task] ?? [] });
      const codes = new Set(MeshReport.of(chartOf(task, name)).findings.map(({ code }) => code));
      expect([...codes]).toEqual([...(TOLD[task] ?? []), ...infos, ...(EGRESS.includes(task) ? ['MESH209'] : [])]);
      expect(manifestsOf(task, name).flatMap(schemaErrors)).toEqual([]);
    });
  });

  it('links to the task of Istio, and says what it does by hand and what happens', () => {
    const page = pageOf(task);
    expect(page).toContain(`<https://istio.io/latest/docs/${addressOf(task)}>`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      'By hand',
      'The program',
      'Sidecar',
      'Ambient',
      'What happens',
    ]);
  });
});

describe('the table of tasks', () => {
  it('has a row for each page', () => {
    const rows = [...readFileSync(join(FOLDER, 'README.md'), 'utf8').matchAll(/^\| \[.*?\]\((.*?)\.md\)/gm)];
    expect(rows.map(([, task]) => task).sort()).toEqual([...INSTALLATIONS, ...TASKS].sort());
  });
});
