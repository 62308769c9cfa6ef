"""The model's place in the pipeline: where it lies, and the component that asks it."""
