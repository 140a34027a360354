import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { settle } from '../../graph/settle';

/** The objects at a construct and below it, as far as they follow from what was said by now. */
export function objectsOf(scope: IConstruct): ApiObject[] {
  settle(scope);
  return scope.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
}
