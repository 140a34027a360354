import { type Fields, fieldsOf, isSaid, type Labels, labelsOf, numberOf, textOf, textsOf } from '../objects/fields';
import { gatewayKey } from './gateway-keys';

/** One of `exact`, `prefix` or `regex`; none of them asks only that a value is there. */
export type StringMatch = Labels;

/** What a request must look like for a route of a VirtualService; all that is said has to hold. */
export interface VirtualMatch {
  readonly uri?: StringMatch;
  /** Letters of the path count as equal, small or capital; an expression says that itself. */
  readonly ignoresCase: boolean;
  readonly method?: StringMatch;
  readonly scheme?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers: Readonly<Record<string, StringMatch>>;
  readonly withoutHeaders: Readonly<Record<string, StringMatch>>;
  readonly queryParams: Readonly<Record<string, StringMatch>>;
  readonly port?: number;
  readonly sourceLabels: Labels;
  readonly sourceNamespace?: string;
  /** As `VirtualService.gateways`; empty for all of those. */
  readonly gateways: readonly string[];
}

export function readMatch(match: Fields, namespaceName: string): VirtualMatch {
  const {
    uri,
    ignoreUriCase,
    scheme,
    authority,
    method,
    headers,
    withoutHeaders,
    queryParams,
    port,
    sourceLabels,
    sourceNamespace,
    gateways,
  } = match;
  return {
    uri: textMatch(uri),
    ignoresCase: ignoreUriCase === true,
    method: textMatch(method),
    scheme: textMatch(scheme),
    authority: textMatch(authority),
    headers: stringMatches(headers),
    withoutHeaders: stringMatches(withoutHeaders),
    queryParams: stringMatches(queryParams),
    port: numberOf(port),
    sourceLabels: labelsOf(sourceLabels),
    sourceNamespace: textOf(sourceNamespace),
    gateways: textsOf(gateways).map((name) => gatewayKey(name, namespaceName)),
  };
}

function textMatch(value: unknown): StringMatch | undefined {
  return isSaid(value) ? labelsOf(value) : undefined;
}

function stringMatches(value: unknown): Record<string, StringMatch> {
  return Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, match]) => [name, labelsOf(match)]));
}
