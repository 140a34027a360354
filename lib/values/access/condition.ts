import type { ConditionFacts } from '../../model/access/condition-facts';
import { MeshError } from '../../support/mesh-error';
import { listOf, made, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { IP_BLOCKS, type IpBlocks } from './ip-blocks';

/**
 * What has to hold of a call besides who sends what. It narrows grants alone. No refusal takes it (MESH877), for who leaves the header out would pass.
 *
 * Expands into a `when` of an AuthorizationPolicy rule. Claims of a token are in `user`, ports in `port`. The server name of TLS (`connection.sni`) tells hosts apart at egress gateways, where
 * grants have it by themselves; between the proxies of the mesh it is their own. Addresses of destinations (`destination.ip`) are those of pods and change with each of them: Services and ports tell what is called.
 *
 * @see https://istio.io/latest/docs/reference/config/security/conditions/
 * @example
 * import { Condition, IpBlocks } from 'istio-constructs';
 *
 * product.access.allow(cart, { conditions: [Condition.header('x-tenant', 'acme', 'globex')] });
 */
export class Condition {
  /**
   * A request has a header with one of some values. The caller writes the header itself: it proves nothing of who the caller is. In ambient mode the waypoint reads it.
   * @param name Name of the header; capitals are the same
   * @param values Its values, each whole, or with `*` at one end; `*` alone for any
   */
  public static header(name: string, ...values: string[]): Condition {
    requireArguments('Condition', { name, values }, { name: TEXT, values: listOf(TEXT) });
    return new Condition({ in: 'header', name: requireHeader(name), values: requireValues(name, values) });
  }

  /**
   * The caller connects from some addresses (`source.ip`). Behind a waypoint these addresses are not known (MESH248).
   * @param blocks The addresses, of peers
   */
  public static at(blocks: IpBlocks): Condition {
    requireArguments('Condition', { blocks }, { blocks: IP_BLOCKS });
    return new Condition({ in: 'addresses', blocks: blocks._peers('Condition') });
  }

  /** @internal */
  public readonly _facts: ConditionFacts;

  private constructor(facts: ConditionFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const CONDITION = made(Condition, 'Condition', "Condition.header('x-tenant', 'acme')");

// What proxies write or read themselves says nothing of the caller; the host has a word of its own.
const TAKEN = /^(host|x-forwarded-.*|x-envoy-.*|forwarded|via)$/;

function requireHeader(name: string): string {
  const lower = name.toLowerCase();
  if (/^[a-z0-9_-]+$/.test(lower) && !TAKEN.test(lower)) return lower;
  return refuse(
    name === '' ? 'a header without a name' : name,
    "write for example Condition.header('x-tenant', 'acme'); of hosts, hosts of HttpAccess",
  );
}

function requireValues(name: string, values: readonly string[]): string[] {
  const wrong = values.find((value) => value === '' || value === '**' || /.\*./.test(value));
  if (values.length > 0 && wrong === undefined) return [...new Set(values)].sort();
  const got = wrong === undefined ? `${name} without values` : `${name}: ${wrong === '' ? 'an empty text' : wrong}`;
  return refuse(got, "name each value; '*' alone for any");
}

function refuse(got: string, fix: string): never {
  throw new MeshError({
    code: 'MESH857',
    at: 'Condition',
    what: "a condition names a header that proxies do not write themselves, and its values with '*' only as their first or last character",
    got,
    fix,
  });
}
