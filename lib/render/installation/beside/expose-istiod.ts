import type { InstallationFacts, RevisionFacts } from '../../../model/installation/installation';
import { gatewaysOf } from '../components';
import { EAST_WEST_LABEL } from '../east-west';
import { istiodName } from '../helm-releases';

/** Name of the file that opens the east-west gateway to istiod. */
export const EXPOSE_ISTIOD = 'expose-istiod.yaml';

/** Whether remote clusters reach istiod through a gateway that is installed. */
export function exposesIstiod(facts: InstallationFacts): boolean {
  const { role } = facts;
  return !role.isRemote && role.remotes.length > 0 && gatewaysOf(facts).some(({ way }) => way === 'east-west');
}

/** What opens the east-west gateway to istiod: each connection goes on, still encrypted, to the control plane that it names. */
export function renderExposedIstiod(facts: InstallationFacts): object[] {
  const { namespaceName: namespace, revisions } = facts;
  const tls = revisions.flatMap((revision) => [routeTo(facts, revision, 15012, 15012), routeTo(facts, revision, 15017, 443)]);
  return [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Gateway',
      metadata: { name: 'istiod', namespace },
      spec: { selector: { istio: EAST_WEST_LABEL }, servers: [serverAt('tls-istiod', 15012), serverAt('tls-webhook', 15017)] },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'istiod', namespace },
      spec: { hosts: hostsOf(facts), gateways: ['istiod'], tls },
    },
  ];
}

function serverAt(name: string, number: number): object {
  return { port: { name, number, protocol: 'TLS' }, hosts: ['*'], tls: { mode: 'PASSTHROUGH' } };
}

function routeTo(facts: InstallationFacts, revision: RevisionFacts, at: number, number: number): object {
  const names = namesOf(facts, revision);
  return { match: [{ port: at, sniHosts: names }], route: [{ destination: { host: names[1], port: { number } } }] };
}

function hostsOf(facts: InstallationFacts): string[] {
  return facts.revisions.flatMap((revision) => namesOf(facts, revision));
}

/** Names by which proxies and API servers of other clusters call it. */
function namesOf({ namespaceName, mesh: { clusterDomain } }: InstallationFacts, revision: RevisionFacts): string[] {
  const short = `${istiodName(revision)}.${namespaceName}.svc`;
  return [short, `${short}.${clusterDomain}`];
}
