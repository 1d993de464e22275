"""Views of the section Dialogue: questions, responses, integrated approach, work plan, resources.

May use: `views` beside it and the rooms below. Open first: `questions.py`.
"""
