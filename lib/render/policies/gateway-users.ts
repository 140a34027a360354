import * as security from '../../../imports/security.istio.io';
import { GATEWAY_API } from '../../istio/api-groups';
import { pathsSetApart, regionsOf } from '../../model/edge/guarded-requests';
import type { Exposure } from '../../model/exposure';
import type { PathNormalizationName } from '../../model/mesh-model';
import type { PartyFacts } from '../../model/party';
import type { IssuerFacts, UserPart } from '../../model/users/end-user';
import { asksAtGateway, type GatewayUsers } from '../../model/users/gateway-users';
import { canonical } from '../../support/ordering';
import { refusedPaths } from './refused-paths';
import { renderJwtRule } from './request-authentication';

/** All that comes in at one gateway, and what is known of it. */
export interface Entrances {
  readonly gateway: Pick<PartyFacts, 'name' | 'podLabels' | 'isIstioGateway'>;
  readonly exposures: readonly Exposure[];
  /** Issuers of tokens that are asked for behind it. */
  readonly behind: readonly IssuerFacts[];
  /** Server names of what is no HTTP at a port; one of them is absent where a listener takes all names. */
  readonly bytesAt: (port: number) => ReadonlyArray<string | undefined>;
  readonly normalization: PathNormalizationName;
}

/** Whose tokens a gateway reads: those that it asks for, and those that have to get past it. */
export function renderGatewayTokens({ gateway, exposures, behind }: Entrances): security.RequestAuthenticationSpec {
  const asked = exposures.flatMap(({ users }) => users?.anyOf.map(({ issuer }) => issuer) ?? []);
  const forwards = (one: IssuerFacts): boolean => one.forwardsToken || behind.some(isSame(one)) || isReadElsewhere(one, exposures);
  return {
    ...attachedTo(gateway),
    jwtRules: canonical([...asked, ...behind].map((issuer) => renderJwtRule({ ...issuer, forwardsToken: forwards(issuer) }))),
  };
}

const isSame =
  ({ issuer }: IssuerFacts) =>
  (other: IssuerFacts): boolean =>
    other.issuer === issuer;

// One filter reads the requests to all hosts of a gateway: what others do with a token of their own they do as before.
function isReadElsewhere(issuer: IssuerFacts, exposures: readonly Exposure[]): boolean {
  return exposures.some(({ users, redirect }) => !redirect && !users?.anyOf.some((user) => isSame(issuer)(user.issuer)));
}

/**
 * Refuses what comes without a token. A refusal of exactly these requests leaves all others as they are, in a closed namespace and in an open one; a grant
 * would close whatever it does not name.
 */
export function renderGatewayUsers(entrances: Entrances): security.AuthorizationPolicySpec {
  const { gateway, exposures } = entrances;
  return {
    ...attachedTo(gateway),
    action: security.AuthorizationPolicySpecAction.DENY,
    rules: canonical(exposures.flatMap((exposure) => (asksAtGateway(exposure.users) ? rulesFor(exposure, exposure.users, entrances) : []))),
  };
}

function attachedTo({
  name,
  podLabels,
  isIstioGateway,
}: Entrances['gateway']): Pick<security.AuthorizationPolicySpec, 'selector' | 'targetRefs'> {
  if (isIstioGateway) return { selector: { matchLabels: { ...podLabels } } };
  return { targetRefs: [{ group: GATEWAY_API, kind: 'Gateway', name }] };
}

type Rule = security.AuthorizationPolicySpecRules;
type When = security.AuthorizationPolicySpecRulesWhen;

function rulesFor(exposure: Exposure, users: GatewayUsers, entrances: Entrances): Rule[] {
  const to = operationsOf(exposure, users, entrances);
  const names = serverNames(users, entrances.bytesAt(users.port));
  return waysToFail(users.anyOf).map(({ principals, when }) => ({
    from: principals.length > 0 ? [{ source: { notRequestPrincipals: [...principals] } }] : undefined,
    to,
    when: [...names, ...when].length > 0 ? [...names, ...when] : undefined,
  }));
}

function operationsOf(exposure: Exposure, { port }: GatewayUsers, { exposures, normalization }: Entrances): Rule['to'] {
  const { host } = exposure;
  return canonical(
    regionsOf(exposure).map((region) => {
      const apart = pathsSetApart(region, exposure, exposures);
      return {
        operation: {
          hosts: [host, `${host}:*`],
          ports: [String(port)],
          methods: region.method === undefined ? undefined : [region.method],
          paths: region.path === '/' ? undefined : refusedPaths([region.path], normalization),
          notPaths: apart.length > 0 ? apart.flatMap((path) => [path, `${path}/*`]) : undefined,
        },
      };
    }),
  );
}

// A refusal with words for HTTP refuses all connections of a listener that reads none: at the same port it is told apart by the name that TLS asks for.
function serverNames({ listenerHost }: GatewayUsers, names: ReadonlyArray<string | undefined>): When[] {
  if (names.length === 0) return [];
  const key = 'connection.sni';
  const named = names.flatMap((name) => name ?? []);
  if (named.length === names.length) return [{ key, notValues: named }];
  return listenerHost === undefined ? [] : [{ key, values: [listenerHost] }];
}

/** One condition that does not hold. */
interface Failing {
  readonly principal?: string;
  readonly when?: When;
}

interface Failure {
  readonly principals: readonly string[];
  readonly when: readonly When[];
}

/** A request is refused that fails with each of the users, with any of the things that each has to have. */
function waysToFail(users: readonly UserPart[]): Failure[] {
  return users.reduce<Failure[]>(
    (sum, user) => sum.flatMap((failure) => conditionsOf(user).map((one) => alsoFailing(failure, one))),
    [{ principals: [], when: [] }],
  );
}

function alsoFailing({ principals, when }: Failure, one: Failing): Failure {
  return {
    principals: one.principal === undefined ? principals : canonical([...principals, one.principal]),
    when: one.when ? canonical([...when, one.when]) : when,
  };
}

function conditionsOf({ issuer, claims }: UserPart): Failing[] {
  const audiences = issuer.audiences.length > 0 ? [{ when: { key: 'request.auth.audiences', notValues: [...issuer.audiences] } }] : [];
  const told = Object.entries(claims).map(([name, values]) => ({ when: { key: `request.auth.claims${name}`, notValues: [...values] } }));
  return [{ principal: `${issuer.issuer}/*` }, ...audiences, ...told];
}
