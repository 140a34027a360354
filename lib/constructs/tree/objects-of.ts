import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The objects at a construct and below it, as far as they are made by now. */
export function objectsOf(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
}
