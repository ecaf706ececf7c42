"""Questions answered from the library: passages quoted with article and version, or a refusal and a clerk."""
