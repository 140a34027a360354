/** Where a token stands in a request. */
export type TokenPlaceFacts =
  | { readonly in: 'header'; readonly name: string; readonly prefix: string }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'cookie'; readonly name: string };

/** Somebody whose tokens are believed, and what is done with them. */
export interface IssuerFacts {
  readonly issuer: string;
  readonly jwksUri?: string;
  readonly jwks?: string;
  /** Whom tokens have to be for; empty for anybody. */
  readonly audiences: readonly string[];
  /** Why tokens for anybody are taken. */
  readonly anyAudience?: string;
  /** Empty for Istio's own two places. */
  readonly tokenPlaces: readonly TokenPlaceFacts[];
  /** Headers that the application gets, and the claims that are in them. */
  readonly claimHeaders: Readonly<Record<string, string>>;
  readonly forwardsToken: boolean;
}

/** Whose token a request has to carry. */
export interface UserPart {
  readonly issuer: IssuerFacts;
  /** By name, as Istio writes it in brackets: each has one of its values. */
  readonly claims: Readonly<Record<string, readonly string[]>>;
  /** A request may come without a token, and not with a wrong one. */
  readonly isOptional?: boolean;
}

/** Nobody is let in without a token. */
export function asksForToken(user: UserPart | undefined): user is UserPart {
  return user !== undefined && !user.isOptional;
}
