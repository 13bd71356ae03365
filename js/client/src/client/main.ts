// The script of the page's world: window.oriel.
import { createClient } from "./client";
import { sendBytes } from "./fetch";

createClient(window);
sendBytes(window);
