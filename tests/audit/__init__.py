"""The audit of everything public: `make audit`."""
