import { EXTENSIONS, NETWORKING, SECURITY, TELEMETRY } from '../../../istio/api-groups';
import { POD_PORT_DEMANDS } from '../policies/pod-ports';
import { SOURCE_DEMANDS } from '../policies/sources';
import { TOKEN_DEMANDS } from '../policies/tokens';
import { VIRTUAL_SERVICE_DEMANDS } from '../requests/virtual-services';
import { EXPORT_OF_SELECTED, exportDemands } from '../shared/exported';
import { DRY_RUN_OF_POLICY, METADATA_DEMANDS, NO_DRY_RUN } from '../shared/metadata';
import { labelDemands, SELECTOR_DEMANDS } from '../shared/selectors';
import { CLIENT_DEMANDS } from './clients';
import type { Demand } from './demand';
import { type DemandTree, demandTree } from './demand-tree';
import { EXTENSION_DEMANDS, PLUGIN_DEMANDS } from './extensions';
import { GATEWAY_DEMANDS } from './gateways';
import { PATCH_DEMANDS } from './patches';
import { SERVICE_DEMANDS } from './services';
import { SIDECAR_DEMANDS } from './sidecars';
import { TELEMETRY_DEMANDS } from './telemetries';
import { ENTRY_DEMANDS, GROUP_DEMANDS } from './workloads';

const LABELS = labelDemands('spec.workloadSelector.labels');

const OWN: Readonly<Record<string, readonly Demand[]>> = {
  [`${NETWORKING}/DestinationRule`]: [
    ...CLIENT_DEMANDS,
    ...exportDemands(false),
    EXPORT_OF_SELECTED,
    ...labelDemands('spec.workloadSelector.matchLabels'),
  ],
  [`${NETWORKING}/EnvoyFilter`]: [...PATCH_DEMANDS, ...LABELS],
  [`${NETWORKING}/Gateway`]: GATEWAY_DEMANDS,
  [`${NETWORKING}/ProxyConfig`]: labelDemands('spec.selector.matchLabels'),
  [`${NETWORKING}/ServiceEntry`]: [...SERVICE_DEMANDS, ...exportDemands(true), ...LABELS],
  [`${NETWORKING}/Sidecar`]: [...SIDECAR_DEMANDS, ...LABELS],
  [`${NETWORKING}/VirtualService`]: VIRTUAL_SERVICE_DEMANDS,
  [`${NETWORKING}/WorkloadEntry`]: ENTRY_DEMANDS,
  [`${NETWORKING}/WorkloadGroup`]: GROUP_DEMANDS,
  [`${SECURITY}/AuthorizationPolicy`]: [...SELECTOR_DEMANDS, ...SOURCE_DEMANDS, DRY_RUN_OF_POLICY],
  [`${SECURITY}/PeerAuthentication`]: [...POD_PORT_DEMANDS, ...labelDemands('spec.selector.matchLabels')],
  [`${SECURITY}/RequestAuthentication`]: [...SELECTOR_DEMANDS, ...TOKEN_DEMANDS],
  [`${TELEMETRY}/Telemetry`]: [...SELECTOR_DEMANDS, ...TELEMETRY_DEMANDS],
  [`${EXTENSIONS}/WasmPlugin`]: [...SELECTOR_DEMANDS, ...PLUGIN_DEMANDS],
  [`${EXTENSIONS}/TrafficExtension`]: [...SELECTOR_DEMANDS, ...EXTENSION_DEMANDS],
};

const OF_POLICIES = `${SECURITY}/AuthorizationPolicy`;

const TREES: ReadonlyMap<string, DemandTree> = new Map(
  Object.entries(OWN).map(([kind, own]) => [
    kind,
    demandTree([...METADATA_DEMANDS, ...(kind === OF_POLICIES ? [] : [NO_DRY_RUN]), ...own]),
  ]),
);

/** What is asked of an object of a kind, `group/Kind`, if anything. */
export function demandsOf(kind: string): DemandTree | undefined {
  return TREES.get(kind);
}
