"""The office: the face for officials, who log in and act in a post."""
