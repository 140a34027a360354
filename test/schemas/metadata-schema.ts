const TEXT = { type: 'string' };
const TEXTS = { type: 'object', additionalProperties: TEXT };
const LABEL_VALUE = { type: 'string', maxLength: 63, pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$' };

/** `metadata` as a manifest may state it; what the API server alone fills in is left out. */
export const METADATA = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' },
    namespace: { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' },
    labels: { type: 'object', additionalProperties: LABEL_VALUE },
    annotations: TEXTS,
    finalizers: { type: 'array', items: TEXT },
    ownerReferences: { type: 'array', items: { type: 'object' } },
  },
};
