import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';

/** A kernel learns when it starts which notebook is its own, by JPY_SESSION_NAME; from here, that it was renamed or moved. */
export function tellNames(notebooks: INotebookTracker): void {
  notebooks.widgetAdded.connect((_, { context }) => {
    let before = context.localPath;
    context.pathChanged.connect(() => {
      const kernel = context.sessionContext.session?.kernel;
      const after = context.localPath;
      if (kernel && after !== before) void tell(kernel, before, after);
      before = after;
    });
  });
}

/** In its turn, so that the next cell knows; leaves no name, number or history behind. */
async function tell(kernel: Kernel.IKernelConnection, before: string, after: string): Promise<void> {
  const { language_info } = await kernel.info;
  if (language_info.name !== 'python') return;
  const code = `exec(${JSON.stringify(rename)}, ${JSON.stringify({ before, after })})`;
  for (let aborted = true; aborted; ) {
    const request = kernel.requestExecute({ code, silent: true, store_history: false });
    // A kernel that ends meanwhile has no name any more.
    const reply = await request.done.catch(() => undefined);
    // What waits behind a cell that fails is dropped with it.
    aborted = (reply?.content.status as string | undefined) === 'aborted';
  }
}

/** The server's paths start in a folder that only the kernel knows. */
const rename = `import os
path = os.environ.get("JPY_SESSION_NAME", "")
if f"/{path}".endswith(f"/{before}"):
    os.environ["JPY_SESSION_NAME"] = path.removesuffix(before) + after
`;
