// The script of the page's world: window.oriel.
import { createClient } from "./client";

createClient(window);
