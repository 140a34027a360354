import * as security from '../../../imports/security.istio.io';
import type { Enforcement } from '../../model/hop';
import type { IssuerFacts, TokenPlaceFacts } from '../../model/users/end-user';
import { canonical } from '../../support/ordering';

/** Whose tokens one proxy reads: all that its policies ask for. All enforcements attach alike. */
export function renderRequestAuthentication(enforcements: readonly Enforcement[]): security.RequestAuthenticationSpec {
  const { attachment } = enforcements[0];
  return {
    ...('selector' in attachment ? { selector: { matchLabels: attachment.selector } } : { targetRefs: [...attachment.targetRefs] }),
    jwtRules: canonical(enforcements.flatMap(({ user }) => (user ? [renderJwtRule(user.issuer)] : []))),
  };
}

/** What is believed of one issuer. */
export function renderJwtRule({
  issuer,
  jwksUri,
  jwks,
  audiences,
  tokenPlaces,
  claimHeaders,
  forwardsToken,
}: IssuerFacts): security.RequestAuthenticationSpecJwtRules {
  const headers = Object.entries(claimHeaders).map(([header, claim]) => ({ header, claim }));
  return {
    issuer,
    jwksUri,
    jwks,
    audiences: someOf([...audiences]),
    fromHeaders: someOf(
      tokenPlaces.flatMap((place) => (place.in === 'header' ? [{ name: place.name, prefix: place.prefix || undefined }] : [])),
    ),
    fromCookies: namesIn(tokenPlaces, 'cookie'),
    fromParams: namesIn(tokenPlaces, 'query'),
    outputClaimToHeaders: someOf(headers),
    forwardOriginalToken: forwardsToken || undefined,
  };
}

function namesIn(places: readonly TokenPlaceFacts[], kind: TokenPlaceFacts['in']): string[] | undefined {
  return someOf(places.filter((place) => place.in === kind).map(({ name }) => name));
}

function someOf<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
