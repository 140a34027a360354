import type { CallModel, MeshModel } from '../../../model/mesh-model';
import type { Party } from '../../../model/party';
import { groupedBy } from '../../../support/grouping';
import { perModel } from '../../per-model';

/** Whether a host is a name below a wildcard. */
export function covers({ host: wildcard = '' }: Pick<Party, 'host'>, { host = '' }: Pick<Party, 'host'>): boolean {
  return wildcard.startsWith('*.') && !host.startsWith('*.') && host.endsWith(wildcard.slice(1));
}

export function isWildcardHost({ host = '' }: Party): boolean {
  return host.startsWith('*.');
}

/**
 * Whom the sidecar of a caller knows besides itself: whom it calls and, where nothing narrows that, all Services, and the hosts outside that its namespace
 * sees. A wildcard that it calls brings along what is declared below it in the same namespace.
 */
export function knownTo(model: MeshModel, { key, namespaceName, namespace }: Party): Party[] {
  const called = (callsByCaller(model).get(key) ?? []).map(({ callee }) => callee);
  const seen = hostsSeen(model, namespaceName);
  const besides = namespace.zeroTrust ? seen.filter((host) => called.some((one) => isBroughtBy(host, one))) : [...seen, ...services(model)];
  return [...new Map([...called, ...besides].map((party) => [party.key, party])).values()].filter((party) => party.key !== key);
}

function isBroughtBy(host: Party, called: Party): boolean {
  return covers(called, host) && called.namespaceName === host.namespaceName;
}

function services({ services: own, others }: MeshModel): Party[] {
  return [...own, ...others.filter(({ kind }) => kind === 'service' || kind === 'unmeshed')];
}

/** Hosts outside are exported to their own namespace and to those of their callers. */
function hostsSeen(model: MeshModel, namespaceName: string): Party[] {
  const ofCallers = (callsByNamespace(model).get(namespaceName) ?? []).map(({ callee }) => callee);
  const own = model.others.filter((party) => party.namespaceName === namespaceName);
  return [...ofCallers, ...own].filter(({ kind }) => kind === 'external');
}

const allowed = perModel(({ calls }) => calls.filter(({ action }) => action === 'ALLOW'));

const callsByCaller = perModel((model): ReadonlyMap<string, CallModel[]> => groupedBy(allowed(model), ({ caller }) => caller.key));

const callsByNamespace = perModel((model): ReadonlyMap<string, CallModel[]> =>
  groupedBy(allowed(model), ({ caller }) => caller.namespaceName),
);
