import type { IConstruct } from 'constructs';

/** A gateway whose proxies tell of requests: an IngressGateway, also of another program, or an EgressGateway. */
export interface IObservedGateway extends IConstruct {
  /** Name of the Gateway. */
  readonly gatewayName: string;
}
