import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isPartyOf } from '../../graph/party-of';
import type { Kind } from '../../support/options/kind';
import type { IngressGateway } from './ingress-gateway';

/** A gateway that this program makes, with its Gateway: what is known of one of others does not do. */
export const OWN_GATEWAY: Kind<IngressGateway> = {
  wanted: 'an IngressGateway that this program makes',
  example: 'what new IngressGateway gives',
  isOne: (value) => isPartyOf(['gateway'], value) && (value as IConstruct & { readonly resource?: ApiObject }).resource !== undefined,
};
