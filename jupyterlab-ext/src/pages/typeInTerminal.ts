import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import type { Terminal } from '@jupyterlab/services';

/** Types into a new terminal, and leaves it to a person to start it. */
export async function typeInTerminal({ commands }: JupyterFrontEnd, command: string): Promise<void> {
  const { content } = (await commands.execute('terminal:create-new')) as {
    content: { session: Terminal.ITerminalConnection };
  };
  await prompted(content.session);
  // The server knows where a terminal finds it.
  const found = PageConfig.getOption('forebayCommand') || 'forebay';
  content.session.send({ type: 'stdin', content: [command.replace(/^forebay\b/, () => found)] });
}

/** Milliseconds. */
const wait = { quiet: 200, atMost: 5000 };

/** Once the shell has said what it says first: what is typed before stands there twice. */
function prompted({ messageReceived }: Terminal.ITerminalConnection): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      messageReceived.disconnect(heard);
      resolve();
    };
    let timer = setTimeout(end, wait.atMost);
    const heard = (_: unknown, { type }: Terminal.IMessage) => {
      if (type !== 'stdout') return;
      clearTimeout(timer);
      timer = setTimeout(end, wait.quiet);
    };
    messageReceived.connect(heard);
  });
}
