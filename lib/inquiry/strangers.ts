import type { AuthorizationRule, Clause } from '../cluster/policies/authorization-policies';
import type { Cluster } from '../cluster/cluster';
import { principalOf } from '../cluster/workloads/identities';
import type { Party } from '../model/party';
import type { Caller } from '../verdict/requests/request';

/** Somebody to try a door with. */
export interface Stranger {
  readonly from: Caller;
  /** For messages. */
  readonly name: string;
  /** What is proven of it in the mesh. */
  readonly principal?: string;
}

const NAMESPACE = 'elsewhere';
const ACCOUNT = 'stranger';
const ELSEWHERE_IN_THE_WORLD = ['192.168.77.7', '172.16.77.7', '10.77.77.7'];

/** Who was never heard of: an identity of either data plane, and a pod without any. */
export function strangers(cluster: Cluster): Stranger[] {
  const unproven = { from: { pod: { namespace: NAMESPACE } }, name: 'a pod outside the mesh' };
  return [unproven, ...withIdentity(cluster, NAMESPACE, ACCOUNT, 'any pod in the mesh')];
}

/** Those that a rule of a policy names. Patterns are filled in; who is only excluded is no stranger's business. */
export function namedIn(cluster: Cluster, { from, when }: AuthorizationRule, place: string): Stranger[] {
  const asked = (key: string): readonly string[] => when.filter((one) => one.key === key).flatMap(({ values }) => values);
  const conditions = { principals: asked('source.principal'), namespaces: asked('source.namespace') };
  return [...from, conditions].flatMap((clause) => [
    ...namedInClause(cluster, clause, place),
    ...placedIn(cluster, clause, ELSEWHERE_IN_THE_WORLD),
  ]);
}

/** Pods at an address that a rule takes: in a block that it names, or outside those that it leaves out. */
function placedIn(cluster: Cluster, { ipBlocks = [], notIpBlocks = [] }: Clause, others: readonly string[]): Stranger[] {
  if (ipBlocks.length + notIpBlocks.length === 0) return [];
  const addresses = [...ipBlocks.map((block) => block.split('/')[0]), ...others];
  return addresses.flatMap((address) =>
    (['none', 'sidecar', 'ztunnel'] as const).map((proxy) => ({
      from: { pod: { namespace: NAMESPACE, serviceAccount: ACCOUNT, proxy, address } },
      name: `somebody at ${address}`,
      principal: proxy === 'none' ? undefined : principalOf(cluster, NAMESPACE, ACCOUNT),
    })),
  );
}

function namedInClause(cluster: Cluster, { principals = [], namespaces = [], serviceAccounts = [] }: Clause, place: string): Stranger[] {
  const known = [
    ...principals.flatMap((one) => accountsIn(one)),
    ...namespaces.map((one): [string, string] => [one, ACCOUNT]),
    ...serviceAccounts.map((one): [string, string] => (one.includes('/') ? splitIn(one) : [place, one])),
  ];
  return known.flatMap(([namespaceName, account]) => {
    const [namespace, name] = [filled(namespaceName), filled(account)];
    return withIdentity(cluster, namespace, name, `${namespace}/${name}`);
  });
}

/** Somebody of the program by its identity alone; of many callers one. */
export function asStrangers(cluster: Cluster, { kind, principal = '', name, namespaceName: home, addresses = [] }: Party): Stranger[] {
  const [, trustDomain] = /^([^/*]+)\/\*$/.exec(principal) ?? [];
  if (trustDomain !== undefined) return withIdentity(cluster, NAMESPACE, ACCOUNT, name, trustDomain);
  if (kind === 'callers' && home === '') return placedIn(cluster, { ipBlocks: addresses }, []);
  return accountsIn(principal).flatMap(([namespaceName, account]) =>
    withIdentity(cluster, namespaceName, account, kind === 'callers' ? name : `${namespaceName}/${name}`),
  );
}

function withIdentity(cluster: Cluster, namespace: string, serviceAccount: string, name: string, trustDomain?: string): Stranger[] {
  const principal = principalOf({ trustDomain: trustDomain ?? cluster.trustDomain }, namespace, serviceAccount);
  return (['sidecar', 'ztunnel'] as const).map((proxy) => ({
    from: { identity: { namespace, serviceAccount, proxy, ...(trustDomain !== undefined && { trustDomain }) } },
    name,
    principal,
  }));
}

/** `<domain>/ns/<namespace>/sa/<account>`, or a pattern that leaves out either end. */
function accountsIn(principal: string): [string, string][] {
  const [, namespaceName] = /\/ns\/([^/*]+)/.exec(principal) ?? [];
  const [, account] = /\/sa\/([^/*]+)$/.exec(principal) ?? [];
  return namespaceName || account ? [[namespaceName ?? NAMESPACE, account ?? ACCOUNT]] : [];
}

function splitIn(account: string): [string, string] {
  const [namespaceName, name] = account.split('/');
  return [namespaceName, name];
}

function filled(pattern: string): string {
  return pattern.replaceAll('*', 'x');
}
