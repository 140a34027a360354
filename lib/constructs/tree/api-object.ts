import { ApiObject } from 'cdk8s';
import type { Kind } from '../../support/options/kind';

export const API_OBJECT: Kind<ApiObject> = {
  wanted: 'an ApiObject',
  example: 'ApiObject.of(deployment)',
  isOne: (value) => ApiObject.isApiObject(value),
};
