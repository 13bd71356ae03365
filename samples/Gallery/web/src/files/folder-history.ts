/** The folders that were visited, and where in them the user is: what Back and Forward need. */
export class FolderHistory {
  #paths: string[] = [];
  #index = -1;

  get canGoBack(): boolean {
    return this.#index > 0;
  }

  get canGoForward(): boolean {
    return this.#index < this.#paths.length - 1;
  }

  /** Notes a folder that was opened; what lay ahead is forgotten. */
  visit(path: string): void {
    if (this.#paths[this.#index] !== path) {
      this.#paths = [...this.#paths.slice(0, this.#index + 1), path];
      this.#index++;
    }
  }

  /** Steps back (-1) or forward (1); the folder there, or null at the end. */
  step(direction: -1 | 1): string | null {
    const path = this.#paths[this.#index + direction];
    if (path === undefined) {
      return null;
    }

    this.#index += direction;
    return path;
  }
}
