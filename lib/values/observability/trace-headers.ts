/**
 * Headers that an application has to pass on from each request that it gets to all that it makes because of it. Proxies make the spans; which of them belong together only these
 * headers tell, and no proxy can know which request led to which. A library for OpenTelemetry does it for `W3C` by itself.
 *
 * Expands into nothing: it is a list for the code and the configuration of applications.
 *
 * @see https://istio.io/latest/docs/tasks/observability/distributed-tracing/overview/
 * @example
 * import { MeshedService, MeshPort, TraceHeaders } from 'istio-constructs';
 *
 * new MeshedService(shop, 'wishlist', {
 *   image: 'ghcr.io/acme/wishlist:1.0.0',
 *   ports: [MeshPort.http(8080)],
 *   env: { FORWARDED_HEADERS: TraceHeaders.ALL.join(',') },
 * });
 */
export class TraceHeaders {
  /** Istio's own: by it lines of access logs are found, and one decision to trace holds for the whole way. */
  public static readonly REQUEST_ID = 'x-request-id';

  /** Of W3C Trace Context: providers by OTLP read and write them. */
  public static readonly W3C: string[] = ['traceparent', 'tracestate'];

  /** Of Zipkin, in many headers and in one. */
  public static readonly B3: string[] = ['x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid', 'x-b3-sampled', 'x-b3-flags', 'b3'];

  /** Of Datadog. */
  public static readonly DATADOG: string[] = ['x-datadog-trace-id', 'x-datadog-parent-id', 'x-datadog-sampling-priority'];

  /** All of them, for an application that does not know the provider. */
  public static readonly ALL: string[] = [TraceHeaders.REQUEST_ID, ...TraceHeaders.W3C, ...TraceHeaders.B3, ...TraceHeaders.DATADOG];

  private constructor() {}
}
