import type { ErrorObject } from 'ajv';

/** A Kubernetes object, as far as one must know it to find its schema. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** What is wrong at one place of an object. */
export interface Problem {
  /** JSON pointer: `/spec/http/0/timeout`. */
  readonly path: string;
  readonly message: string;
}

/** Ajv's errors in one form, whoever compiled the validator. */
export function problemsOf(errors: readonly ErrorObject[] | null | undefined): Problem[] {
  return (errors ?? []).map(({ instancePath, message = 'is invalid', params }) => ({
    path: instancePath,
    message: [message, ...details(params)].join(' '),
  }));
}

function details(params: Record<string, unknown>): string[] {
  if ('additionalProperty' in params) return [`(unknown field ${String(params.additionalProperty)})`];
  if ('allowedValues' in params) return [`(${(params.allowedValues as string[]).join(', ')})`];
  if ('allowedValue' in params) return [`(${String(params.allowedValue)})`];
  return [];
}
