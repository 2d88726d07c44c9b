/** Milliseconds; the editor waits until a tree has been quiet for 200, so faster changes would never be drawn. */
export const redrawPause = 400;
