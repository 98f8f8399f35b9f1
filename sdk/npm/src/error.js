//! The one kind of error that a host page gets from a flow.

/** What stopped a flow, or keeps it from beginning. Its text holds no personal data. */
export class VestibuleError extends Error {
  constructor({ code, message, retryable = false, supportId = null, cause }) {
    super(message, { cause });
    this.name = "VestibuleError";
    this.code = code;
    this.retryable = retryable;
    this.supportId = supportId;
  }
}
