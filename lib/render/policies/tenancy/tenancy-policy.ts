import type { TenantFacts } from '../../../model/tenants/tenant';
import { ADDRESSES, GATEWAYS, guarded, HOSTS } from './conditions';

/** What a ValidatingAdmissionPolicy asks of the objects of a tenant: that they take no host, gateway or address of anybody else. */
export function renderTenancyPolicy(tenant: TenantFacts, clusterDomain: string): object {
  const messages = messagesOf(tenant);
  return {
    failurePolicy: 'Fail',
    matchConstraints: {
      resourceRules: [
        resources('', ['services']),
        resources('networking.istio.io', ['destinationrules', 'gateways', 'serviceentries', 'virtualservices', 'workloadentries']),
        resources('gateway.networking.k8s.io', [
          'gateways',
          'grpcroutes',
          'httproutes',
          'listenersets',
          'tcproutes',
          'tlsroutes',
          'udproutes',
        ]),
      ],
    },
    variables: variablesOf(tenant, clusterDomain),
    validations: [
      ...HOSTS.map((one) => ({ expression: guarded(one), message: messages.hosts, reason: 'Forbidden' })),
      ...GATEWAYS.map((one) => ({ expression: guarded(one), message: messages.gateways, reason: 'Forbidden' })),
      ...ADDRESSES.map((one) => ({ expression: guarded(one), message: messages.addresses, reason: 'Forbidden' })),
    ],
  };
}

/** Where the policy holds: in the tenant's namespaces, by the label that the API server itself writes on each. */
export function renderTenancyBinding({ namespaces }: TenantFacts, policyName: string): object {
  const byName = { key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces] };
  return { policyName, validationActions: ['Deny'], matchResources: { namespaceSelector: { matchExpressions: [byName] } } };
}

// Whatever version is written: another one of the same kind would be a way round.
function resources(group: string, names: readonly string[]): object {
  return { apiGroups: [group], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: names };
}

function variablesOf({ namespaces, hosts, gateways, addresses }: TenantFacts, clusterDomain: string): object[] {
  const below = hosts.filter((host) => host.startsWith('*')).map((host) => host.slice(1));
  const suffixes = [...below, ...namespaces.map((name) => `.${name}.svc.${clusterDomain}`)];
  const texts = {
    hosts: hosts.filter((host) => !host.startsWith('*')),
    suffixes,
    namespaces,
    gateways,
    blocks: addresses,
    domain: `.svc.${clusterDomain}`,
  };
  return [
    // Objects of many kinds are asked, so nothing is known of their fields.
    { name: 'kind', expression: 'request.kind.group + "/" + request.kind.kind' },
    { name: 'spec', expression: 'has(object.spec) ? dyn(object.spec) : dyn({})' },
    ...Object.entries(texts).map(([name, value]) => ({ name, expression: JSON.stringify(value) })),
  ];
}

function messagesOf({ name, namespaces, hosts, gateways, addresses }: TenantFacts): Readonly<Record<string, string>> {
  const own = [`the Services of ${namespaces.join(', ')}`, ...hosts].join(', ');
  return {
    hosts: `tenant ${name} may speak for these hosts alone: ${own}`,
    gateways: `tenant ${name} may use its own gateways${gateways.length > 0 ? ` and ${gateways.join(', ')}` : ''} alone, and of Istio's Gateways no port for bytes`,
    addresses: `tenant ${name} may name ${addresses.length > 0 ? `addresses in ${addresses.join(', ')} alone` : 'no addresses'}`,
  };
}
