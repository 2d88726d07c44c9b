/** A runner says at least this often that it lives; milliseconds. */
export const heartbeatEvery = 5000;
