/**
 * The query page with a script: an editor in place of the text field, and answers without leaving the page.
 *
 * The page is whole without: everything here uses its form, its addresses and its answers as they are.
 */

import { answerInPlace } from "./answer.js";
import { createEditor } from "./editor.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("ask"));
const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("query"));
if (form && field) {
  const editor = createEditor(form, field);
  answerInPlace(form, field, editor);
}
