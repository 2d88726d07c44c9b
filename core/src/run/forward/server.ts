/** That server can't be used now: it is away, too busy, or wants other credentials. Later it may be better. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
}

/** That server has nothing at this address: it isn't MLflow's, or older than what was asked for. */
export class EndpointMissing extends ServerAway {}

/** That server won't take what it was sent. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';
  /** Of MLflow's own codes: 'RESOURCE_DOES_NOT_EXIST'. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Milliseconds; of a file, one more for every 100 bytes. */
const patience = 30_000;

type Fields = Record<string, unknown>;

/** An MLflow server's REST API (mlflow/protos/service.proto, mlflow_artifacts.proto). */
export class MlflowServer {
  readonly url: string;
  readonly #authorization: () => string | undefined;
  readonly #closing: AbortSignal;

  /** `authorization` is asked for at each request, and never told to anybody else. */
  constructor(url: string, authorization: () => string | undefined, closing: AbortSignal) {
    this.url = url;
    this.#authorization = authorization;
    this.#closing = closing;
  }

  get<T>(path: string, query: Record<string, string>): Promise<T> {
    return this.#json(`/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`, { method: 'GET' });
  }

  post<T>(path: string, fields: Fields): Promise<T> {
    return this.#withBody('POST', path, fields);
  }

  patch<T>(path: string, fields: Fields): Promise<T> {
    return this.#withBody('PATCH', path, fields);
  }

  delete(path: string): Promise<unknown> {
    return this.#json(`/api/2.0/mlflow/${path}`, { method: 'DELETE' });
  }

  /** Sends a file through the server's artifact proxy; `place` is its path below all artifacts. */
  async putArtifact(place: string, body: ReadableStream, bytes: number): Promise<void> {
    const encoded = place.split('/').map(encodeURIComponent).join('/');
    const init = { method: 'PUT', body, duplex: 'half' as const };
    await this.#json(
      `/api/2.0/mlflow-artifacts/artifacts/${encoded}`,
      init,
      patience + Math.ceil(bytes / 100),
    );
  }

  #withBody<T>(method: string, path: string, fields: Fields): Promise<T> {
    return this.#json(`/api/2.0/mlflow/${path}`, {
      method,
      body: JSON.stringify(fields),
      headers: { 'Content-Type': 'application/json' },
    });
  }

  async #json<T>(path: string, init: RequestInit, timeout = patience): Promise<T> {
    const { status, text } = await this.#send(path, init, timeout);
    const answer = fieldsOf(text);
    if (status >= 200 && status < 300 && answer !== undefined) return answer as T;
    throw failureOf(this.url, status, answer);
  }

  async #send(path: string, init: RequestInit, timeout: number) {
    const authorization = this.#authorization();
    const headers = {
      ...init.headers,
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    };
    const signal = AbortSignal.any([this.#closing, AbortSignal.timeout(timeout)]);
    try {
      // A redirect is not followed: a POST would become a GET, and arrive nowhere.
      const answer = await fetch(this.url + path, { ...init, headers, signal, redirect: 'manual' });
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      throw new ServerAway(`${this.url} can't be reached (${reasonOf(error)}).`, { cause: error });
    }
  }
}

function fieldsOf(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

const refusing = new Set([400, 411, 413, 414, 415, 422, 431]);

/** Pure: what an answer that isn't a success means. */
export function failureOf(
  url: string,
  status: number,
  answer: Fields | undefined,
): ServerAway | ServerRefusal {
  if (status === 401 || status === 403) {
    return new ServerAway(
      `${url} refuses these credentials (${status}). They come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, where Forebay's daemon was started.`,
    );
  }
  const { error_code: code, message } = answer ?? {};
  if (status >= 300 && status < 400)
    return new ServerAway(`${url} sends elsewhere (${status}): name that address.`);
  // A proxy's own refusal of what is too large or not its kind stays one.
  if (typeof code !== 'string' && refusing.has(status)) {
    return new ServerRefusal(String(status), `${url} takes no such request (${status}).`);
  }
  if (typeof code !== 'string') {
    const Kind = status === 404 ? EndpointMissing : ServerAway;
    return new Kind(`${url} doesn't answer as MLflow does (${status}).`);
  }
  const passing = [408, 425, 429, 502, 503, 504].includes(status);
  const says = `${typeof message === 'string' ? message : code}`.slice(0, 500);
  return passing ? new ServerAway(`${url} is too busy: ${says}`) : new ServerRefusal(code, says);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer';
  const { code } = (error.cause ?? {}) as { code?: string };
  return code === 'UND_ERR_SOCKET' ? 'it closed the connection' : (code ?? error.message);
}
