import type { TraceTagFacts } from '../../model/observability/telemetry';
import { MeshError } from '../../support/mesh-error';
import { made, optional, TEXT } from '../../support/options/kind';
import { requireArguments } from '../../support/options/require-options';
import { requireFormat } from './require-format';

/**
 * Where the value of a tag on each span comes from.
 *
 * Expands into an entry of `tracing[].customTags` of a Telemetry.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/#Tracing-CustomTag
 * @example
 * import { Telemetry, TraceTag } from 'istio-constructs';
 *
 * new Telemetry(shop, 'traces', {
 *   service: cart,
 *   tracing: { customTags: { team: TraceTag.of('buyers'), customer: TraceTag.header('x-customer', 'none') } },
 * });
 */
export class TraceTag {
  /**
   * The same for every span.
   * @param text Its value
   */
  public static of(text: string): TraceTag {
    requireArguments('TraceTag', { text }, { text: TEXT });
    return new TraceTag({ from: 'literal', text: requireSaid('literal', text) });
  }

  /**
   * What the request has in a header.
   * @param name Name of the header
   * @param otherwise The value for requests without it
   * @default - no tag then
   */
  public static header(name: string, otherwise?: string): TraceTag {
    requireArguments('TraceTag', { name, otherwise }, { name: TEXT, otherwise: optional(TEXT) });
    return new TraceTag({ from: 'header', text: requireSaid('header', name), otherwise });
  }

  /**
   * What the proxy has in a variable of its environment.
   * @param name Name of the variable
   * @param otherwise The value for proxies without it
   * @default - no tag then
   */
  public static environment(name: string, otherwise?: string): TraceTag {
    requireArguments('TraceTag', { name, otherwise }, { name: TEXT, otherwise: optional(TEXT) });
    return new TraceTag({ from: 'environment', text: requireSaid('environment', name), otherwise });
  }

  /**
   * What the proxy knows of the request, in the words of its access log. Proxies before Istio 1.29 leave it out.
   * @param text Text with commands: `%REQUESTED_SERVER_NAME%`
   */
  public static formatter(text: string): TraceTag {
    requireArguments('TraceTag', { text }, { text: TEXT });
    return new TraceTag({ from: 'formatter', text: requireFormat('TraceTag', requireSaid('formatter', text)) });
  }

  /** @internal */
  public readonly _facts: TraceTagFacts;

  private constructor(facts: TraceTagFacts) {
    this._facts = Object.freeze(facts);
  }
}

export const TRACE_TAG = made(TraceTag, 'TraceTag', "TraceTag.header('x-customer')");

function requireSaid(from: TraceTagFacts['from'], text: string): string {
  if (text.trim() !== '') return text;
  throw new MeshError({ code: 'MESH851', at: 'TraceTag', what: `a tag has a ${from} that is not empty`, got: text, fix: 'write one' });
}
