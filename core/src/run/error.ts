/** Codes of MLflow's tracking API that its clients know, with the HTTP status that goes with each (mlflow/exceptions.py). */
export const trackingStatus = {
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  NOT_IMPLEMENTED: 501,
  INTERNAL_ERROR: 500,
} as const;

export type TrackingCode = keyof typeof trackingStatus;

/** Why the store of runs can't do as asked, in MLflow's own words where its clients expect them. */
export class TrackingError extends Error {
  override readonly name = 'TrackingError';
  readonly code: TrackingCode;

  constructor(code: TrackingCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  get status(): (typeof trackingStatus)[TrackingCode] {
    return trackingStatus[this.code];
  }
}

export const invalid = (message: string) => new TrackingError('INVALID_PARAMETER_VALUE', message);
export const absent = (message: string) => new TrackingError('RESOURCE_DOES_NOT_EXIST', message);
