import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { lookAgain, settle } from '../../graph/settle';
import { isPlace } from './lives-in';

/** The objects at a construct and below it, as far as they follow from what was said by now. */
export function objectsOf(scope: IConstruct): ApiObject[] {
  if (isPlace(scope)) lookAgain(scope);
  settle(scope);
  return scope.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
}
