/** An option or parameter whose value lists, exports and other servers needn't know. */
const secret = /(^|[_.\-/])(pass(word|wd|phrase)?|secret|token|api[_-]?key|credentials?)$/i;

export const isSecret = (key: string): boolean => secret.test(key);

/** A command as it may be shown and sent on: `--api-key k1`, `--token=t` and `api_key=k1` without what they hold. */
export function withoutSecrets(command: readonly string[]): string[] {
  return command.map((argument, at) => {
    const [, key, value] = /^(?:--|\+{1,2})?([^=]*)(=.*)?$/s.exec(argument) ?? [];
    if (value !== undefined)
      return isSecret(key ?? '') ? `${argument.slice(0, -value.length)}=***` : argument;
    const [, before] = /^--(.*)$/s.exec(command[at - 1] ?? '') ?? [];
    return before !== undefined && isSecret(before) && !argument.startsWith('--') ? '***' : argument;
  });
}
