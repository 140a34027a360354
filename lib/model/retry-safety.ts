import type { Port } from './port';

/**
 * Conditions that prove that a request was not processed, and so are safe for every method. No answer proves it: not its status, not one of gRPC, and not
 * the header of a rate limit, which an application may set as well.
 */
export const SAFE_CONDITIONS: readonly string[] = ['connect-failure', 'refused-stream', 'reset-before-request'];

/** Methods that may be processed twice without harm. */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

// Envoy's `5xx` also covers requests that were never answered; of those the ones that were never processed stay.
const SAFE_PART: Readonly<Record<string, readonly string[]>> = { reset: ['reset-before-request'], '5xx': SAFE_CONDITIONS };

/** What is left of retry conditions for methods that must not be processed twice. */
export function safeConditions(conditions: readonly string[]): string[] {
  const kept = new Set(conditions.flatMap((condition) => SAFE_PART[condition] ?? [condition]));
  return SAFE_CONDITIONS.filter((condition) => kept.has(condition));
}

/** Every gRPC request is a POST: none of them is of a method that bears a second try. */
export function speaksGrpc({ appProtocol }: Port): boolean {
  return appProtocol.startsWith('grpc');
}

export function areSafe(conditions: readonly string[]): boolean {
  return conditions.every((condition) => SAFE_CONDITIONS.includes(condition));
}
