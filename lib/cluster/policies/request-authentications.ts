import { SECURITY } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { perCluster } from '../per-cluster';
import { listOf, textOf, textsOf } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { type Attached, AttachmentIndex, readAttached } from './attachments';

export interface RequestAuthentication extends Attached {
  readonly issuers: readonly Issuer[];
}

export interface Issuer {
  readonly issuer: string;
  /** Whom its tokens have to be for; empty for anybody. */
  readonly audiences: readonly string[];
}

export const requestAuthentications = perCluster((cluster: Cluster): readonly RequestAuthentication[] =>
  objectsOf(cluster, SECURITY, 'RequestAuthentication').map((object) => ({
    ...readAttached(object),
    issuers: listOf(specOf(object).jwtRules).map(({ issuer, audiences }) => ({
      issuer: textOf(issuer) ?? '',
      audiences: textsOf(audiences),
    })),
  })),
);

export const requestAuthenticationIndex = perCluster((cluster: Cluster) => new AttachmentIndex(requestAuthentications(cluster)));
