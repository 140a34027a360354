import { NETWORK } from '../../istio/labels';
import type { InstallationFacts, InstalledGatewayFacts } from '../../model/installation/installation';

/** What its chart says of it. */
interface EastWestValues {
  readonly labels?: Readonly<Record<string, string>>;
  readonly networkGateway?: string;
  readonly service?: object;
}

/** What istioctl is told of it. */
interface EastWestComponent {
  readonly label?: Readonly<Record<string, string>>;
  readonly k8s?: { readonly service: object; readonly env?: readonly object[] };
}

/** The label by which Gateways, Istio's own samples among them, find its pods. */
export const EAST_WEST_LABEL = 'eastwestgateway';

/** What other clusters connect to: health, services, and istiod with its webhook for clusters that have none. */
const PORTS = [
  ['status-port', 15021],
  ['tls', 15443],
  ['tls-istiod', 15012],
  ['tls-webhook', 15017],
].map(([name, port]) => ({ name, port, protocol: 'TCP', targetPort: port }));

/** What the chart of a gateway says of one between clusters; nothing of another one. */
export function eastWestValues({ mesh: { cluster } }: InstallationFacts, { way, name }: InstalledGatewayFacts): EastWestValues {
  if (way !== 'east-west') return {};
  const label = name === `istio-${EAST_WEST_LABEL}` ? {} : { labels: { istio: EAST_WEST_LABEL } };
  // The chart has these ports by itself where the gateway is one of a network.
  return { ...label, ...(cluster?.network === undefined ? { service: { ports: PORTS } } : { networkGateway: cluster.network }) };
}

/** The same in words of istioctl. */
export function eastWestComponent({ mesh: { cluster } }: InstallationFacts, { way, name }: InstalledGatewayFacts): EastWestComponent {
  if (way !== 'east-west') return {};
  const network = cluster?.network;
  return {
    label: { app: name, istio: EAST_WEST_LABEL, ...(network !== undefined && { [NETWORK]: network }) },
    k8s: {
      service: { ports: PORTS },
      // What comes in stays in the network.
      ...(network !== undefined && { env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }] }),
    },
  };
}
