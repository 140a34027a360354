import type { ManifestObject } from '../../model/mesh-model';
import { answerText } from '../routes/proxy-answer';
import type { Leg } from './plan';

/** What a proxy does on purpose to a part of the requests that it sends on. */
export interface PartialFault {
  readonly at: string;
  /** `50 % are answered 503`, `10 % wait 5s`. */
  readonly text: string;
  /** What says so. */
  readonly by: string;
  readonly object?: ManifestObject;
}

/** The faults on a way, in the order in which a request meets them. */
export function faultsOn(legs: readonly Leg[]): PartialFault[] {
  return legs.flatMap(({ at, by, object, fault }) => {
    const { delay, abort } = fault ?? {};
    const texts = [
      ...(delay ? [`${delay.percent} % wait ${delay.duration}`] : []),
      ...(abort ? [`${abort.percent} % are ${answerText(abort)}`] : []),
    ];
    return by === undefined ? [] : texts.map((text) => ({ at, text, by, object }));
  });
}
