import type { ManifestObject } from '../../model/mesh-model';

/** What a policy notes of a request without deciding about it. */
export interface Would {
  /** `audit` where it only logs; else what it would do, were it no dry run. */
  readonly effect: 'allow' | 'deny' | 'audit';
  readonly by: string;
  readonly object: ManifestObject;
  /** It asks for what is not known here, and so may note nothing. */
  readonly isUnclear?: boolean;
}

/** What somebody who was asked says. */
export interface Verdict {
  /** False too where nobody can tell; `unknown` then says why. */
  readonly allowed: boolean;
  readonly unknown?: string;
  /** What decided, by name; undefined where nothing had a say. */
  readonly by?: string;
  /** Who outside the proxies is asked before, each by the name of its provider; it is taken to agree. */
  readonly asks?: readonly string[];
  /** The provider that it refuses for: the mesh has none of that name. */
  readonly asksInVain?: string;
  /** What policies note that decide nothing. */
  readonly would?: readonly Would[];
  /** The object of that name. */
  readonly object?: ManifestObject;
}

export const NO_OBJECTION: Verdict = { allowed: true };

/** A verdict that an object gives. */
export function byObject(allowed: boolean, { title, object }: { readonly title: string; readonly object: ManifestObject }): Verdict {
  return { allowed, by: title, object };
}

/** No verdict, for what an object says is beyond what is known here. */
export function undecided(reason: string, { title, object }: { readonly title: string; readonly object: ManifestObject }): Verdict {
  return { allowed: false, unknown: reason, by: title, object };
}
