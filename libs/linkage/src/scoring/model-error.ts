/** A model that is not known, or not fit for use. */
export class ModelError extends Error {
  constructor(
    readonly code: 'unknown_model' | 'invalid_model',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ModelError';
  }
}
