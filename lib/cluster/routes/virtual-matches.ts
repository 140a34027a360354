import { type Fields, fieldsOf, isSaid, type Labels, labelsOf, numberOf, textOf, textsOf } from '../objects/fields';
import { gatewayKey } from './gateway-keys';

/** One of `exact`, `prefix` or `regex`; none of them asks only that a value is there. */
export type StringMatch = Labels;

/** What a request must look like for a route of a VirtualService; all that is said has to hold. */
export interface VirtualMatch {
  readonly uri?: StringMatch;
  readonly method?: StringMatch;
  readonly headers: Readonly<Record<string, StringMatch>>;
  readonly withoutHeaders: Readonly<Record<string, StringMatch>>;
  readonly queryParams: Readonly<Record<string, StringMatch>>;
  readonly port?: number;
  readonly sourceLabels: Labels;
  readonly sourceNamespace?: string;
  /** As `VirtualService.gateways`; empty for all of those. */
  readonly gateways: readonly string[];
  /** Fields that nobody here reads. */
  readonly unread: readonly string[];
}

const UNREAD: readonly string[] = ['scheme', 'authority', 'ignoreUriCase'];

export function readMatch(match: Fields, namespaceName: string): VirtualMatch {
  const { uri, method, headers, withoutHeaders, queryParams, port, sourceLabels, sourceNamespace, gateways } = match;
  return {
    uri: isSaid(uri) ? labelsOf(uri) : undefined,
    method: isSaid(method) ? labelsOf(method) : undefined,
    headers: stringMatches(headers),
    withoutHeaders: stringMatches(withoutHeaders),
    queryParams: stringMatches(queryParams),
    port: numberOf(port),
    sourceLabels: labelsOf(sourceLabels),
    sourceNamespace: textOf(sourceNamespace),
    gateways: textsOf(gateways).map((name) => gatewayKey(name, namespaceName)),
    unread: UNREAD.filter((field) => isSaid(match[field])),
  };
}

function stringMatches(value: unknown): Record<string, StringMatch> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, match]) => [name, labelsOf(match)]));
}
