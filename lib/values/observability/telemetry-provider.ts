import type { ProviderFacts } from '../../model/observability/provider';
import { namespaceOfHost } from '../../support/cluster-host';
import { MeshError } from '../../support/mesh-error';
import { made, mapOf, NUMBER, optional, struct, TEXT } from '../../support/options/kind';
import { requireArguments, requireOptions } from '../../support/options/require-options';
import { requirePort } from '../../support/port-number';
import { requireFormat } from './require-format';

/** Where a collector is asked. */
export interface CollectorOptions {
  /** Full host name of its Service: `tempo.observability.svc.cluster.local`. */
  readonly host: string;

  /** Port of its Service. */
  readonly port: number;

  /**
   * Port of its pods, which the network layer opens.
   * @default - as `port`
   */
  readonly podPort?: number;
}

/** Where an OpenTelemetry collector takes traces. */
export interface OpenTelemetryOptions extends CollectorOptions {
  /**
   * Path of its HTTP receiver: `/v1/traces`.
   * @default - gRPC
   */
  readonly httpPath?: string;
}

/** How lines of an access log are written. */
export interface TextLogOptions {
  /**
   * Envoy's format of a line, with `%…%` for what changes.
   * @default - Istio's own
   */
  readonly format?: string;

  /**
   * File of the proxy that they go to.
   * @default /dev/stdout
   */
  readonly path?: string;
}

/** Which fields the JSON of an access log has. */
export interface JsonLogOptions {
  /**
   * Fields by name, each with `%…%` for what changes.
   * @default - Istio's own
   */
  readonly fields?: { [key: string]: string };

  /**
   * File of the proxy that the lines go to.
   * @default /dev/stdout
   */
  readonly path?: string;
}

const COLLECTOR = { host: TEXT, port: NUMBER, podPort: optional(NUMBER) };
const COLLECTOR_OPTIONS = struct<CollectorOptions>(COLLECTOR);
const OPEN_TELEMETRY_OPTIONS = struct<OpenTelemetryOptions>({ ...COLLECTOR, httpPath: optional(TEXT) });
const TEXT_LOG_OPTIONS = struct<TextLogOptions>({ format: optional(TEXT), path: optional(TEXT) });
const JSON_LOG_OPTIONS = struct<JsonLogOptions>({ fields: optional(mapOf(TEXT)), path: optional(TEXT) });

/**
 * Somebody who gets traces or logs, by the name under which the mesh configuration has it.
 *
 * Expands, in `providers` of a `Mesh`, into an entry of `extensionProviders` for whoever installs Istio, and into what proxies need to reach it: a host of every Sidecar scope
 * and an egress rule of the NetworkPolicy `infrastructure` and of waypoints.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 * @example
 * import { Mesh, TelemetryProvider } from 'istio-constructs';
 *
 * new Mesh(chart, 'mesh', {
 *   providers: [
 *     TelemetryProvider.openTelemetry('tempo', { host: 'tempo.observability.svc.cluster.local', port: 4317 }),
 *     TelemetryProvider.jsonAccessLog('json'),
 *   ],
 *   tracing: { provider: 'tempo', samplingPercentage: 10 },
 * });
 */
export class TelemetryProvider {
  /**
   * Traces by OTLP, as an OpenTelemetry collector, Tempo and Jaeger take them.
   * @param name Its name
   * @param options Where it is
   */
  public static openTelemetry(name: string, options: OpenTelemetryOptions): TelemetryProvider {
    requireArguments('TelemetryProvider', { name }, { name: TEXT });
    requireOptions('TelemetryProvider', options, OPEN_TELEMETRY_OPTIONS);
    const { httpPath } = options;
    const http = httpPath === undefined ? {} : { http: { path: httpPath, timeout: '5s' } };
    return collector(name, options, (service) => ({ opentelemetry: { ...service, ...http } }));
  }

  /**
   * Traces as Zipkin takes them, and Jaeger and Tempo at their ports for it.
   * @param name Its name
   * @param options Where it is
   */
  public static zipkin(name: string, options: CollectorOptions): TelemetryProvider {
    requireArguments('TelemetryProvider', { name }, { name: TEXT });
    requireOptions('TelemetryProvider', options, COLLECTOR_OPTIONS);
    return collector(name, options, (service) => ({ zipkin: service }));
  }

  /**
   * Traces as the agent of Datadog takes them.
   * @param name Its name
   * @param options Where it is
   */
  public static datadog(name: string, options: CollectorOptions): TelemetryProvider {
    requireArguments('TelemetryProvider', { name }, { name: TEXT });
    requireOptions('TelemetryProvider', options, COLLECTOR_OPTIONS);
    return collector(name, options, (service) => ({ datadog: service }));
  }

  /**
   * Access logs by OTLP.
   * @param name Its name
   * @param options Where it is
   */
  public static otlpAccessLog(name: string, options: CollectorOptions): TelemetryProvider {
    requireArguments('TelemetryProvider', { name }, { name: TEXT });
    requireOptions('TelemetryProvider', options, COLLECTOR_OPTIONS);
    return collector(name, options, (service) => ({ envoyOtelAls: service }));
  }

  /**
   * Access logs as lines of text.
   * @param name Its name
   * @param options How they are written
   * @default - Istio's own format, to the output of the proxy
   */
  public static textAccessLog(name: string, options: TextLogOptions = {}): TelemetryProvider {
    requireArguments('TelemetryProvider', { name }, { name: TEXT });
    requireOptions('TelemetryProvider', options, TEXT_LOG_OPTIONS);
    const { path = OUTPUT, format = '' } = options;
    requireFormat('TelemetryProvider', format);
    return TelemetryProvider._from({
      name,
      entry: { envoyFileAccessLog: { path, ...(format && { logFormat: { text: `${format}\n` } }) } },
    });
  }

  /**
   * Access logs as a JSON object a line.
   * @param name Its name
   * @param options Which fields
   * @default - Istio's own fields, to the output of the proxy
   */
  public static jsonAccessLog(name: string, options: JsonLogOptions = {}): TelemetryProvider {
    requireArguments('TelemetryProvider', { name }, { name: TEXT });
    requireOptions('TelemetryProvider', options, JSON_LOG_OPTIONS);
    const { path = OUTPUT, fields = {} } = options;
    Object.values(fields).forEach((text) => requireFormat('TelemetryProvider', text));
    return TelemetryProvider._from({ name, entry: { envoyFileAccessLog: { path, logFormat: { labels: { ...fields } } } } });
  }

  /** @internal */
  public static _from(facts: ProviderFacts): TelemetryProvider {
    if (facts.name.trim() !== '') return new TelemetryProvider(facts);
    throw new MeshError({
      code: 'MESH889',
      at: 'TelemetryProvider',
      what: 'a provider has a name, by which Telemetry knows it',
      got: facts.name,
      fix: "give it one, such as 'tempo'",
    });
  }

  /** @internal */
  public readonly _facts: ProviderFacts;

  private constructor(facts: ProviderFacts) {
    this._facts = Object.freeze(facts);
  }
}

const OUTPUT = '/dev/stdout';

export const TELEMETRY_PROVIDER = made(TelemetryProvider, 'TelemetryProvider', "TelemetryProvider.openTelemetry('tempo', { … })");

function collector(
  name: string,
  { host, port, podPort = port }: CollectorOptions,
  entry: (service: Readonly<Record<'service' | 'port', unknown>>) => ProviderFacts['entry'],
): TelemetryProvider {
  const at = 'TelemetryProvider';
  const backend = { host, namespaceName: namespaceOfHost(at, host), port: requirePort(at, 'podPort', podPort) };
  return TelemetryProvider._from({ name, backend, entry: entry({ service: host, port: requirePort(at, 'port', port) }) });
}
