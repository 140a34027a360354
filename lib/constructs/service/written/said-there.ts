import { ANYONE, NOBODY_KNOWN } from '../../../graph/anyone';
import type { MeshSettings } from '../../../graph/mesh-settings';
import type {
  CallThere,
  SaidElsewhere,
  WrittenEnd,
  WrittenMeshFacts,
  WrittenNamespace,
  WrittenService,
} from '../../../model/written/written-mesh';
import { shutsIn } from '../../namespace/written/shuts-in';

const NAMELESS: readonly WrittenEnd[] = [ANYONE, NOBODY_KNOWN];

/** What the program that makes a service says of its calls, and of what is refused. */
export function saidThere(mesh: WrittenMeshFacts, service: WrittenService, { trustDomain }: MeshSettings): SaidElsewhere {
  const { serviceNames, guardedNames, isDialled, meshHosts, headless } = service;
  const ends = [...mesh.services, ...mesh.others].map((end) => ({
    ...end,
    principal: renamed(end.principal, mesh.trustDomain, trustDomain),
  }));
  const byKey = new Map([...NAMELESS, ...ends].map((end) => [end.key, end]));
  const calls = mesh.calls.flatMap(({ caller, callee, ...said }): CallThere[] => {
    const [from, to] = [byKey.get(caller), byKey.get(callee)];
    return from && to ? [{ ...said, caller: from, callee: to }] : [];
  });
  const callsTo = calls.filter(({ callee }) => callee.key === service.key);
  const callsFrom = calls.filter(({ caller }) => caller.key === service.key);
  const namespace = mesh.namespaces.find(({ name }) => name === service.namespaceName);
  return {
    source: mesh.source,
    names: { serviceNames, guardedNames, isDialled, meshHosts, headless },
    isClosed: isClosed(service, namespace, callsTo),
    isShutIn: namespace !== undefined && shutsIn(namespace, service.dataPlane),
    callsTo,
    callsFrom,
  };
}

/** The same identity under the trust domain of this program: each of them is an alias of the other. */
function renamed(principal: string | undefined, theirs: string, ours: string): string | undefined {
  return principal?.startsWith(`${theirs}/`) ? `${ours}${principal.slice(theirs.length)}` : principal;
}

// By its construct or by the whole mesh; one that is open by its first grant; before the last stage nothing is refused.
function isClosed({ isGuarded = false }: WrittenService, namespace: WrittenNamespace | undefined, callsTo: readonly CallThere[]): boolean {
  const { zeroTrust = false, closedByMesh = false, stage } = namespace ?? {};
  const isGranted = callsTo.some(({ action, plaintext }) => action === 'ALLOW' && !plaintext);
  return isGuarded || zeroTrust || closedByMesh || (isGranted && stage === undefined);
}
